namespace ScaleMs.Store.Tests.Payloads;

/// <summary>What the journals of all versions so far hold for <see cref="PayloadSamples"/>, line by line.</summary>
internal static class PayloadTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        """
        {"type":"intent","data":{"step":"all","key":"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683","directory":"work/abc","runId":"run-1","at":"2026-03-01T12:00:00+00:00"}}
        """,
        """
        {"type":"intent","data":{"step":["a/b","c[d","e]"],"key":null,"directory":"","runId":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","at":"2026-12-31T23:59:59.12345-03:30"}}
        """,
        """
        {"type":"step","data":{"step":"simulate/mdrun[replica=3]","key":"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683","runId":"run-1","at":"2026-12-31T23:59:59.12345-03:30"}}
        """,
        """
        {"type":"step","data":{"step":["π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","","π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA"],"key":"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683","runId":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","at":"0001-01-01T00:00:00+00:00"}}
        """,
        """
        {"type":"file","data":{"path":"in/a.txt","stat":{"device":1,"inode":2,"length":3,"modifiedNs":4,"changedNs":5,"mode":33188,"isFile":true,"isDirectory":false,"isLink":false,"isExecutable":false},"bytes":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9","identities":[]}}
        """,
        """
        {"type":"file","data":{"path":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","stat":{"device":18446744073709551615,"inode":9223372036854775808,"length":9223372036854775807,"modifiedNs":-9223372036854775808,"changedNs":-1,"mode":4294967295,"isFile":false,"isDirectory":false,"isLink":false,"isExecutable":true},"bytes":null,"identities":[{"key":"text/1","value":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"},{"key":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","value":null}]}}
        """,
        """
        {"type":"file","data":{"path":"in","stat":{"device":0,"inode":0,"length":0,"modifiedNs":0,"changedNs":0,"mode":0,"isFile":false,"isDirectory":false,"isLink":false,"isExecutable":false},"bytes":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9","identities":[]}}
        """,
        """
        {"type":"published","data":{"path":"out/π.gro","step":"all","bytes":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"}}
        """,
        """
        {"type":"published","data":{"path":"odd name/ü\u2028'\"%.txt","step":"all","bytes":null}}
        """,
        """
        {"type":"unpublished","data":{"path":"out/a.gro"}}
        """,
        """
        {"type":"tool","data":{"probe":"/usr/bin/gmx\nversion","files":[{"key":"/usr/bin/gmx","value":{"device":18446744073709551615,"inode":9223372036854775808,"length":9223372036854775807,"modifiedNs":-9223372036854775808,"changedNs":-1,"mode":4294967295,"isFile":false,"isDirectory":false,"isLink":false,"isExecutable":true}}],"fingerprint":[{"key":"version","value":"2024.1"},{"key":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","value":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA"},{"key":"none","value":""}]}}
        """,
        """
        {"type":"tool","data":{"probe":"","files":[],"fingerprint":[]}}
        """,
        """
        {"type":"run","data":{"runId":"run-1","target":"all","outcome":"done","startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":12.25,"executed":3}}
        """,
        """
        {"type":"run","data":{"runId":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","target":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","outcome":"","startedAt":"9999-12-31T23:59:59.9999999+00:00","wallSeconds":"NaN","executed":-2147483648}}
        """,
        """
        {"type":"run","data":{"runId":"run-1","target":"all","outcome":"done","startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":"-Infinity","executed":2147483647}}
        """,
        """
        {"type":"result","data":{"key":"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683","step":"all","outputs":[],"components":[],"runId":"run-1","finishedAt":"2026-03-01T12:00:00+00:00","wallSeconds":0,"cpuSeconds":0,"peakMemoryBytes":0,"exitCode":0,"attempts":[],"launcher":"local","host":"","isContinued":false,"log":null}}
        """,
        """
        {"type":"result","data":{"key":"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683","step":"simulate/prep.solvate[replica=1,temperature=300]","outputs":[{"path":"out.gro","bytes":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9","length":1099511627776,"identity":null,"ruleName":"gromacs.gro","ruleVersion":2,"isExecutable":true},{"path":"dir/log","bytes":null,"length":-1,"identity":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9","ruleName":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","ruleVersion":0,"isExecutable":false}],"components":[{"name":"kind","value":"commands"},{"name":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","value":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA"},{"name":"","value":""}],"runId":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","finishedAt":"2026-12-31T23:59:59.12345-03:30","wallSeconds":0.1,"cpuSeconds":0.3333333333333333,"peakMemoryBytes":-9223372036854775808,"exitCode":-1,"attempts":[{"number":1,"startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":"Infinity","outcome":"interrupted"},{"number":2,"startedAt":"2026-12-31T23:59:59.12345-03:30","wallSeconds":-0,"outcome":"done"},{"number":3,"startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":1E+300,"outcome":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA"},{"number":4,"startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":5E-324,"outcome":"done"},{"number":5,"startedAt":"2026-03-01T12:00:00+00:00","wallSeconds":1000000000000000,"outcome":"done"}],"launcher":"slurm","host":"node \"7\"\n","isContinued":true,"log":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"}}
        """,
        """
        {"type":"opened","data":{"format":1,"epoch":9223372036854775807,"host":"π \u2028 <&'\"\\/> \n\t\u0000 \uD83E\uDDEA","bootId":"boot","pid":-1,"at":"2026-12-31T23:59:59.12345-03:30"}}
        """,
        """
        {"type":"blob","data":{"digest":"sha256:277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9","length":9223372036854775807,"inode":18446744073709551615,"modifiedNs":-9223372036854775808,"changedNs":0}}
        """,
        """
        {"type":"blob","data":{"digest":null,"length":0,"inode":0,"modifiedNs":0,"changedNs":0}}
        """,
        """
        {"type":"synced","data":{"at":"2026-03-01T12:00:00+00:00"}}
        """,
        """
        {"type":"closed","data":{"at":"2026-12-31T23:59:59.12345-03:30"}}
        """,
    ];
}
