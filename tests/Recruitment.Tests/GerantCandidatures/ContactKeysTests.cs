using MilleCafes.Recruitment.GerantCandidatures;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>What is one address, or one number, however it was typed.</summary>
public sealed class ContactKeysTests
{
    [Theory]
    [InlineData(" Camille@Example.ORG ", "camille@example.org")]
    [InlineData("camille+cafe@example.org", "camille@example.org")]
    [InlineData("ca.mil.le@googlemail.com", "camille@gmail.com")]
    [InlineData("Ca.Mille+x@gmail.com", "camille@gmail.com")]
    [InlineData("ca.mille@example.org", "ca.mille@example.org")]
    [InlineData("camille@café.example", "camille@xn--caf-dma.example")]
    [InlineData("+33@example.org", "+33@example.org")]
    [InlineData("camille", null)]
    [InlineData("@example.org", null)]
    [InlineData("camille@", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_address_is_compared_without_case_tag_and_the_dots_of_Gmail(string? typed, string? key) => Assert.Equal(key, ContactKeys.OfEmail(typed));

    [Theory]
    [InlineData("06 39 98 12 34", "+33639981234")]
    [InlineData("06.39.98.12.34", "+33639981234")]
    [InlineData("+33 6 39 98 12 34", "+33639981234")]
    [InlineData("+33 (0)6 39 98 12 34", "+33639981234")]
    [InlineData("+33 06 39 98 12 34", "+33639981234")]
    [InlineData("0033639981234", "+33639981234")]
    [InlineData("33 6 39 98 12 34", "+33639981234")]
    [InlineData("0262 12 34 56", "+262262123456")]
    [InlineData("0696 12 34 56", "+596696123456")]
    [InlineData("+32 2 123 45 67", "+3221234567")]
    [InlineData("12 34", null)]
    [InlineData("639981234", null)]
    [InlineData("demander Camille au 06 39 98 12 34", null)]
    [InlineData("06399812345678901234", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_compared_as_it_is_dialled_from_abroad(string? typed, string? key) => Assert.Equal(key, ContactKeys.OfPhone(typed));
}
