using Cake.Frosting;
using ScaleMs;
using Simulate;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<MdContext>());
