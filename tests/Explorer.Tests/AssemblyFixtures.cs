using MilleCafes.Explorer.Tests;
using MilleCafes.Testing;

[assembly: AssemblyFixture(typeof(MilleCafesHost))]
[assembly: AssemblyFixture(typeof(Documents))]
[assembly: AssemblyFixture(typeof(Browser))]
