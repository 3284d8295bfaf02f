using Cake.Frosting;
using Adaptive;
using ScaleMs;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<AdaptiveContext>());
