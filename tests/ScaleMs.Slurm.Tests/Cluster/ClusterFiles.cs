using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ScaleMs.Slurm.Tests.Cluster;

/// <summary>The configuration of a small Slurm of our own, in a folder of its own, on free ports of the loopback.</summary>
internal sealed class ClusterFiles
{
    internal static readonly string[] Nodes = ["n1", "n2", "n3"];

    internal ClusterFiles(string root)
    {
        Root = root;
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        foreach (var folder in (string[])["run", "log", "state", .. Nodes.Select(node => "spool/" + node)])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        File.WriteAllBytes(Key, RandomNumberGenerator.GetBytes(256));
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var text = Text();
        File.WriteAllText(Configuration, text);
        WriteStrict(text);
    }

    internal string Root { get; }

    internal string Key => Path.Combine(Root, "munge.key");

    internal string Socket => Path.Combine(Root, "run/munge.sock");

    internal string Configuration => Path.Combine(Root, "slurm.conf");

    /// <summary>That of the node n3: it has a job's processes ended by the system when they have more memory than the job asked for, where this machine allows that.</summary>
    internal string StrictConfiguration => Path.Combine(Root, "strict/slurm.conf");

    /// <summary>Slurm makes control groups by itself only in the first version of their file system; in the second one it needs systemd.</summary>
    internal static bool IsStrict { get; } = CanLimit("/sys/fs/cgroup/memory");

    internal string Log(string name) => Path.Combine(Root, "log", name + ".log");

    private string Text()
    {
        var host = Dns.GetHostName().Split('.')[0];
        var ports = FreePorts(1 + Nodes.Length);
        return string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=scalems
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            AuthType=auth/munge
            AuthInfo=socket={Socket}
            CredType=cred/munge
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            MpiDefault=none
            SwitchType=switch/none
            ReturnToService=2
            SlurmUser=root
            SlurmdUser=root
            SlurmctldPidFile={Root}/run/slurmctld.pid
            SlurmdPidFile={Root}/run/slurmd.%n.pid
            SlurmdSpoolDir={Root}/spool/%n
            StateSaveLocation={Root}/state
            SlurmctldLogFile={Log("slurmctld")}
            SlurmdLogFile={Root}/log/slurmd.%n.log
            SlurmdParameters=config_overrides
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core_Memory
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=0,sched_min_interval=10000,sched_interval=1,bf_interval=1
            PreemptType=preempt/partition_prio
            PreemptMode=CANCEL
            SlurmdTimeout=5
            KillWait=2
            MessageTimeout=5
            MaxArraySize=301
            MaxJobCount=20000
            AccountingStorageType=accounting_storage/none
            FirstJobId={Random.Shared.Next(1, 60_000_000)}
            JobAcctGatherType=jobacct_gather/none
            {string.Join('\n', Nodes.Select((node, i) => string.Create(CultureInfo.InvariantCulture, $"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[i + 1]} CPUs=8 RealMemory=8000 State=UNKNOWN")))}
            PartitionName=main Nodes=n1 Default=YES MaxTime=INFINITE State=UP DefMemPerCPU=100
            PartitionName=low Nodes=n2 PriorityTier=1 State=UP DefMemPerCPU=100
            PartitionName=high Nodes=n2 PriorityTier=10 State=UP DefMemPerCPU=100
            PartitionName=frail Nodes=n3 State=UP DefMemPerCPU=100

            """);
    }

    private void WriteStrict(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StrictConfiguration)!);
        File.WriteAllText(StrictConfiguration, IsStrict ? text.Replace("TaskPlugin=task/none", "TaskPlugin=task/cgroup", StringComparison.Ordinal) : text);
        File.WriteAllText(Path.Combine(Root, "strict/cgroup.conf"), "CgroupPlugin=cgroup/v1\nCgroupAutomount=no\nConstrainRAMSpace=yes\n");
    }

    private static bool CanLimit(string parent)
    {
        var group = Path.Combine(parent, $"scalems-slurm-{Environment.ProcessId}");
        try
        {
            // Where it is no file system of control groups there is no such file in it, and where it is, Slurm removes those of its jobs.
            var canLimit = Directory.Exists(parent) && File.Exists(Path.Combine(Directory.CreateDirectory(group).FullName, "memory.limit_in_bytes"));
            Directory.Delete(group);
            return canLimit;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
