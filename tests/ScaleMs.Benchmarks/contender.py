"""ScaleMs as a contender of the benchmark harness with gen.py, peers.py and run.py.

Publish the host, put this file beside run.py in a copy of the harness, let peers.py end with a line
`import contender`, and run it:

    dotnet msbuild tests/ScaleMs.Benchmarks/Publish.proj -p:Folder=$PWD/artifacts/bench
    echo 'import contender' >> COPY/peers.py && cp tests/ScaleMs.Benchmarks/contender.py COPY/
    cd COPY && SCALEMS_BENCH=CHECKOUT/artifacts/bench python3 run.py --peers ninja,scalems --shape ensemble --n 1000

SCALEMS_BENCH is the folder that the host was published to. The harness counts outputs that were written again; an output that
a step made again with the same bytes is not written again, so for cutoff it counts fewer than were executed.
"""
import os

from gen import write_leaves, write_tsv
from peers import Peer, peer

HOST = os.path.join(os.environ.get("SCALEMS_BENCH", "artifacts/bench"), "host", "ScaleMs.Benchmarks.Host.dll")


@peer
class ScaleMs(Peer):
    name = "scalems"
    detects = "content (SHA-256) with a stat shortcut by ctime and inode; action keys; early cutoff"
    state = [".scalems"]
    version_cmd = ["dotnet", "--version"]
    options = []

    def available(self):
        return super().available() and os.path.exists(HOST)

    def generate(self, g, d):
        write_leaves(g, d)
        write_tsv(g, d)

    def build_cmd(self, d, jobs):
        return ["dotnet", os.path.abspath(HOST), "--target=all", "--jobs", str(jobs), *self.options]


@peer
class ScaleMsRehash(ScaleMs):
    name = "scalems-rehash"
    detects = "as scalems, reading every file every time"
    options = ["--rehash"]
