using ScaleMs.Storm;

return args is [StudyRun.Flag, ..]
    ? StudyRun.OfArguments(args)
    : Settings.Read(args, Console.Error) is { } settings ? new Driver(settings, Console.Out).Run() : Settings.Refused;
