using MilleCafes.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MilleCafesHost))]
// The tests share one host, and watch what it sends and stores: one at a time, so that each sees its own doing only
[assembly: CollectionBehavior(DisableTestParallelization = true)]
