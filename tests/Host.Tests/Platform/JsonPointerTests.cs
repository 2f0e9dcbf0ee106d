using MilleCafes.Host.Platform;
using Xunit;

namespace MilleCafes.Host.Tests.Platform;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.contact.email", "/contact/email")]
    [InlineData("$.eventTypes[2]", "/eventTypes/2")]
    [InlineData("$.items[0].name", "/items/0/name")]
    [InlineData("$['a.b'].c", "/a.b/c")]
    [InlineData("$.x['a/b~c'][1]", "/x/a~1b~0c/1")]
    [InlineData("$['[']", "/[")]
    public void A_path_of_the_serializer_becomes_a_pointer(string path, string pointer) => Assert.Equal(pointer, JsonPointer.FromPath(path));
}
