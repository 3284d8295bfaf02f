using Cake.Frosting;
using ScaleMs;
using Simulate;

return new CakeHost().UseContext<MdContext>().RunScaleMs(args);
