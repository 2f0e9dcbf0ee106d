using MilleCafes.Fuzz.Tests;
using MilleCafes.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MilleCafesHost))]
[assembly: AssemblyFixture(typeof(Report))]
// One of them weighs the process that the other would load
[assembly: CollectionBehavior(DisableTestParallelization = true)]
