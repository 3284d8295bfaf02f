using Cake.Frosting;
using ScaleMs;
using Words;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<WordsContext>());
