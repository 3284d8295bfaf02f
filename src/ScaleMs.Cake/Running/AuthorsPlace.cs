using System.Diagnostics;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Finds the line of the workflow's author in an exception's stack.</summary>
internal static class AuthorsPlace
{
    public static SourceLocation Of(Exception exception)
    {
        var frame = new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(candidate => candidate.GetFileName() is not null && candidate.GetMethod()?.DeclaringType?.Assembly != typeof(AuthorsPlace).Assembly);
        return frame is null ? default : new SourceLocation(frame.GetFileName()!, frame.GetFileLineNumber());
    }
}
