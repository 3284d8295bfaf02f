namespace ScaleMs;

/// <content>Steps that are never cached, and what they keep between their runs.</content>
public sealed partial class Step
{
    private bool _isAlways;
    private bool _keepsState;

    /// <summary>Makes the step run in every run that wants it, whatever its record says: it looks at something that no key can hold.</summary>
    /// <remarks>
    /// Its result is recorded like any other, and who reads its outputs stays up to date while they are the same. It needs no output. The step's id is
    /// in its key, so no other step's result stands for its own.
    /// </remarks>
    /// <returns>This step.</returns>
    public Step Always()
    {
        _isAlways = true;
        return this;
    }

    /// <summary>
    /// Keeps a small JSON object between the runs of a step that is declared <see cref="Always"/>: its program, which keeps the contract
    /// (<see cref="Contract"/>), gets it as the member <c>state</c> of the JSON on its standard input, and gives the next one back by a log record
    /// <c>{"state": {…}}</c>. A function needs no such declaration when it takes a <see cref="StepState"/>.
    /// </summary>
    /// <remarks>
    /// It is empty at first, at most 64 KiB, found by the step's id, in no key, and recorded together with the result: what an attempt gives that does not succeed is
    /// forgotten. An attempt that gives none keeps the former one. A step that does not run always cannot keep state, which is a fault.
    /// </remarks>
    /// <returns>This step.</returns>
    public Step KeepsState()
    {
        _keepsState = true;
        return this;
    }
}
