using Cake.Frosting;
using ScaleMs;
using Words;

return new CakeHost().UseContext<WordsContext>().RunScaleMs(args);
