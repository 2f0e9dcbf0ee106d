using MilleCafes.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MilleCafesHost))]
