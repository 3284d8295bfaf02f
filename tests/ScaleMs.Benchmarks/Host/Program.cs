using Cake.Frosting;
using ScaleMs;
using ScaleMs.Benchmarks.Host;

return new CakeHost().UseContext<GraphContext>().RunScaleMs(args);
