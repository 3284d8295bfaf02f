using System.Globalization;
using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Scheduling;
using ScaleMs.Engine.Places;

namespace ScaleMs.Engine.Running;

/// <content>From "ready" to "may start", and back.</content>
internal sealed partial class RunLoop
{
    private int _finishing;
    private bool _isShortageTold;
    private bool _isReadyDropped;

    private void MakeReady(Work work)
    {
        work.Phase = Phase.Ready;
        (work.Consumption ??= Consumption.After(work.Metrics)).BeginWaiting(_services.Clock);
        GetReady(work);
    }

    private void GetReady(Work work)
    {
        if (IsNotToBegin(work))
        {
            HoldOrSettle(work);
            return;
        }

        var place = WhereRuns(work);
        place.Ready.Add(work.Node.Index, place.ClaimOf(work.Granted), IsLeftRunning(work) ? double.PositiveInfinity : _priority[work.Node.Index]);
    }

    private void StartReady()
    {
        if (_isStopping && !_isReadyDropped)
        {
            _isReadyDropped = true;
            DropCancelled();
        }

        foreach (var place in _services.Places.All)
        {
            StartReady(place);
        }
    }

    private void StartReady(StepPlace place)
    {
        while (place.Ready.Take() is { } admission)
        {
            var work = _works[admission.Item];
            work.Admission = admission;
            work.Consumption!.EndWaiting(_services.Clock);
            if (!AsksToLead(work))
            {
                Begin(work);
            }
        }
    }

    private void Begin(Work work)
    {
        if (IsJudgedTooEarly(work))
        {
            GiveBack(work);
            JudgeAgain(work);
        }
        else if (IsSpared(work))
        {
            GiveBack(work);
            Spare(work);
        }
        else
        {
            TellShortage(work);
            StartAttempt(work);
        }
    }

    private void GiveBack(Work work)
    {
        WhereRuns(work).Ready.Return(work.Admission!);
        work.Admission = null;
    }

    /// <summary>
    /// Cores, memory and devices are free when what ran on them has ended: others need not wait until its outputs are hashed and kept. As many steps
    /// as there are cores may be at that, so that what ends quickly does not run away from what takes its outputs.
    /// </summary>
    private void GiveBackEarly(Work work)
    {
        if (_finishing < _request.Capacity.Cpus)
        {
            _finishing++;
            GiveBack(work);
        }
    }

    private void GiveBackAtEnd(Work work)
    {
        if (work.Admission is null)
        {
            _finishing--;
        }
        else
        {
            GiveBack(work);
        }
    }

    private StepPlace WhereRuns(Work work) => _services.Places.Of(work.Step);

    private string[] DevicesOf(Work work) =>
        [.. work.Admission!.Devices.Select(device => device < _request.Devices.Count ? _request.Devices[device] : device.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Told once: it is the same for every member, and in every run on this machine.</summary>
    private void TellShortage(Work work)
    {
        if (!_isShortageTold && WhereRuns(work).IsHere && Shortage.Of(work.Granted, _request.Capacity) is { } shortage)
        {
            _isShortageTold = true;
            Tell(new RunEvent.Noticed(Now(), "shortage", $"{work.Step.Id} asks for {shortage}; such steps get all there is"));
        }
    }
}
