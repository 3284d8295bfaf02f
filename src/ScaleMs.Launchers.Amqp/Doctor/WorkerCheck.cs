using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Which workers are there, what they have, and whether one fits what the profile asks for.</summary>
internal sealed class WorkerCheck(SiteProfile site, AmqpProfile farm, DoctorRequest request, BrokerAddress address)
{
    private const string Check = "worker";

    private static readonly TimeSpan Listen = TimeSpan.FromSeconds(2);

    /// <summary>Who speaks another version does not understand our question, and speaks up by itself within this time.</summary>
    private static readonly TimeSpan ListenAgain = TimeSpan.FromSeconds(6);

    internal async Task<IReadOnlyList<Finding>> RunAsync(BrokerSession session, CancellationToken cancellation)
    {
        if (!await session.TryAsync(channel => channel.ExchangeDeclarePassiveAsync(new FarmNames(farm.Farm).ToWorkers, cancellation), cancellation).ConfigureAwait(false))
        {
            return [Nobody()];
        }

        await using var watch = new FarmWatch(address, farm.Farm, _ => { });
        var seen = (await watch.LookAsync(Listen, cancellation).ConfigureAwait(false)).Seen;
        seen = seen.Workers.Count > 0 ? seen : (await watch.LookAsync(ListenAgain, cancellation).ConfigureAwait(false)).Seen;
        var strangers = watch.Problems.Select(problem => Finding.Fail(string.Empty, "protocol", $"somebody sends {problem}", "install one version of scalems at all workers and clients"));
        return [.. strangers, .. seen.Workers.Count == 0 ? [Nobody()] : seen.Workers.Select(Describe), .. seen.Workers.Count == 0 ? [] : Fit(seen.Workers),
            .. seen.Workers.Count == 0 || request.Tools.Count == 0 ? [] : await new ToolCheck(watch, request.Tools).RunAsync(seen.Workers, cancellation).ConfigureAwait(false)];
    }

    private Finding Nobody() => Finding.Fail(string.Empty, Check, $"no worker of farm '{farm.Farm}' is there", $"start one: scalems worker --broker {farm.Broker} --farm {farm.Farm} --blobs {(farm.Blobs.Length > 0 ? farm.Blobs : "PLACE")}");

    private Finding Describe(WorkerNotice worker)
    {
        var text = string.Join(", ", WordsOf(worker));
        return worker.IsDraining ? Finding.Warn(worker.Name, Check, text + ": it takes no more actions", "it ends when what runs has ended; start another one")
            : farm.Labels.Except(worker.Labels).ToList() is { Count: > 0 } missing ? Finding.Warn(worker.Name, Check, $"{text}: it lacks {Quoted(missing)}, and takes nothing from this site", "start it with '--label', or leave the label out of 'labels'")
            : Finding.Ok(worker.Name, Check, text);
    }

    private static IEnumerable<string> WordsOf(WorkerNotice worker)
    {
        yield return Words($"{worker.Slots} slots, {worker.FreeSlots} free");
        if (worker.MemoryBytes > 0)
        {
            yield return Words($"{worker.MemoryBytes / (double)(1L << 30):0.#} GiB");
        }

        if (worker.Gpus > 0)
        {
            yield return Words($"{worker.Gpus} graphics processors");
        }

        if (worker.Labels.Count > 0)
        {
            yield return "labels " + Quoted(worker.Labels);
        }
    }

    /// <summary>Whether one takes a step with the profile's labels, and one that asks for all that its limits allow.</summary>
    private IEnumerable<Finding> Fit(IReadOnlyList<WorkerNotice> workers)
    {
        var fit = workers.Where(worker => !worker.IsDraining && !farm.Labels.Except(worker.Labels).Any()).ToList();
        if (fit.Count == 0)
        {
            yield return Finding.Fail(string.Empty, "fit", $"none of {workers.Count} workers takes actions of this site", "see what is said about each");
        }
        else if (!fit.Exists(Takes))
        {
            yield return Finding.Warn(string.Empty, "fit", Words($"no worker has all that 'limits' allow a step to ask for; the largest has {fit.Max(worker => worker.Slots)} slots"), "start a larger worker, or lower 'limits'");
        }
        else
        {
            yield return Finding.Ok(string.Empty, "fit", $"{fit.Count(Takes)} of {workers.Count} workers take actions of this site");
        }
    }

    private bool Takes(WorkerNotice worker) =>
        worker.Slots >= site.Limits.Cpus && (worker.MemoryBytes == 0 || worker.MemoryBytes >= site.Limits.MemoryBytes) && worker.Gpus >= (site.Limits.Gpus ?? 0);

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"'{word}'"));

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
