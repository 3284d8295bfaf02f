using Cake.Frosting;
using ScaleMs;
using StarterNamespace;

return ScaleMsHost.Run(args, () => new CakeHost().UseContext<StudyContext>());
