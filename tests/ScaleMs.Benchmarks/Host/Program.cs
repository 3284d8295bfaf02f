using Cake.Frosting;
using ScaleMs;
using ScaleMs.Benchmarks.Host;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<GraphContext>());
