using Cake.Frosting;
using Ci;
using ScaleMs;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<CiContext>());
