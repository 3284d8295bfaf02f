using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.DotNet.Sample;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<SampleContext>());
