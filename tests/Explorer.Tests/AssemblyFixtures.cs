using MilleCafes.Explorer.Tests;
using MilleCafes.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(MilleCafesHost))]
[assembly: AssemblyFixture(typeof(Documents))]
[assembly: AssemblyFixture(typeof(Browser))]
