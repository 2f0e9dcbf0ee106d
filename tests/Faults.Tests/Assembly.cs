using MilleCafes.Faults.Tests;

[assembly: AssemblyFixture(typeof(Cluster))]
[assembly: AssemblyFixture(typeof(Report))]
// They measure times, and one of them stops the server of all
[assembly: CollectionBehavior(DisableTestParallelization = true)]
