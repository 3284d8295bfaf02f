using Cake.Frosting;
using ScaleMs;
using Starter_Study;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<StudyContext>());
