#load "../../artifacts/cake/*/scalems.cake"

var replicas = Parameters.Integer("replicas", 4, 1, 100, "how many walks");
var length = Parameters.Integer("length", 1000, 1, 1_000_000, "steps of each walk");

// A random walk for each replica …
var walks = Step("walk").ForEach("replica", Enumerable.Range(1, (int)replicas), (step, replica) => step
    .Inputs("walk.awk")
    .Command("awk", "-v", $"seed={replica}", "-v", $"steps={length}", "-f", "walk.awk").OutputTo("walk.txt")
    .Output("walk.txt"));

// … how far it came …
var distances = Step("distance").ForEach("replica", walks, walk => walk.Item, (step, walk) => step
    .Input("walk.txt", walk.Handles.File("walk.txt"))
    .Command("awk", "$2 > far { far = $2 } -$2 > far { far = -$2 } END { print far }", "walk.txt").OutputTo("distance.txt")
    .Output("distance.txt"));

// … and the distances in one table.
Step("table").Inputs(number => $"{number}.txt", distances.Files("distance.txt"))
    .Command("sort", ["-n", .. Enumerable.Range(1, distances.Count).Select(number => $"{number}.txt")]).OutputTo("results/table.txt")
    .Outputs("results/table.txt");

RunTarget(Argument("target", "table"));
