using System.Net;
using MilleCafes.Host.Webhooks.Sending;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class EndpointAddressTests
{
    public static TheoryData<string> Inside =>
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1",
    ];

    public static TheoryData<string> Outside =>
    [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0",
        "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
        "2606:4700::1111", "2a01:e0a::1", "::ffff:1.1.1.1",
    ];

    [Theory]
    [MemberData(nameof(Inside))]
    public void Nothing_is_sent_to_an_inside_address(string address) => Assert.False(EndpointAddress.Allows(IPAddress.Parse(address), allowLoopback: false));

    [Theory]
    [MemberData(nameof(Outside))]
    public void Addresses_of_the_public_Internet_are_allowed(string address) => Assert.True(EndpointAddress.Allows(IPAddress.Parse(address), allowLoopback: false));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fd00::1", false)]
    [InlineData("0.0.0.0", false)]
    public void The_setting_for_development_opens_this_machine_only(string address, bool allowed) =>
        Assert.Equal(allowed, EndpointAddress.Allows(IPAddress.Parse(address), allowLoopback: true));

    [Theory]
    [InlineData("https://partenaire.example/webhooks", null)]
    [InlineData("https://partenaire.example:8443/webhooks?token=1", null)]
    [InlineData("https://1.1.1.1/", null)]
    [InlineData("", "not_an_address")]
    [InlineData("/webhooks", "not_an_address")]
    [InlineData("partenaire.example", "not_an_address")]
    [InlineData("https:///webhooks", "not_an_address")]
    [InlineData("http://partenaire.example/", "https_required")]
    [InlineData("ftp://partenaire.example/", "https_required")]
    [InlineData("file:///etc/passwd", "not_an_address")]
    [InlineData("mailto:mairie@example.org", "https_required")]
    [InlineData("https://user:password@partenaire.example/", "bare_address_required")]
    [InlineData("https://partenaire.example/#part", "bare_address_required")]
    [InlineData("https://localhost/", "forbidden_address")]
    [InlineData("https://LOCALHOST./", "forbidden_address")]
    [InlineData("https://api.localhost/", "forbidden_address")]
    [InlineData("https://127.0.0.1/", "forbidden_address")]
    [InlineData("https://2130706433/", "forbidden_address")]
    [InlineData("https://0x7f.1/", "forbidden_address")]
    [InlineData("https://0177.0.0.1/", "forbidden_address")]
    [InlineData("https://[::1]/", "forbidden_address")]
    [InlineData("https://[::ffff:169.254.169.254]/", "forbidden_address")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "forbidden_address")]
    public void An_address_is_checked_when_it_is_given(string url, string? code) =>
        Assert.Equal(code, EndpointAddress.Check(url, allowLoopback: false)?.Code);

    [Theory]
    [InlineData("http://127.0.0.1:5081/webhooks", null)]
    [InlineData("http://localhost:5081/webhooks", null)]
    [InlineData("http://[::1]:5081/", null)]
    [InlineData("http://api.localhost/", null)]
    [InlineData("http://[::ffff:127.0.0.1]/", null)]
    [InlineData("https://partenaire.example/", null)]
    [InlineData("http://partenaire.example/", "https_required")]
    [InlineData("http://localhost.partenaire.example/", "https_required")]
    [InlineData("http://1.1.1.1/", "https_required")]
    [InlineData("http://10.0.0.1/", "https_required")]
    [InlineData("https://10.0.0.1/", "forbidden_address")]
    [InlineData("ftp://127.0.0.1/", "https_required")]
    public void Development_can_receive_on_this_machine(string url, string? code) => Assert.Equal(code, EndpointAddress.Check(url, allowLoopback: true)?.Code);

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_where_the_connection_is_made() =>
        await Assert.ThrowsAsync<ForbiddenAddressException>(() => EndpointAddress.ResolveAsync("localhost", encrypted: true, allowLoopback: false, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_literal_is_checked_without_asking_the_name_servers()
    {
        await Assert.ThrowsAsync<ForbiddenAddressException>(() => EndpointAddress.ResolveAsync("169.254.169.254", encrypted: true, allowLoopback: true, TestContext.Current.CancellationToken));
        Assert.Equal([IPAddress.Parse("1.1.1.1")], await EndpointAddress.ResolveAsync("1.1.1.1", encrypted: true, allowLoopback: false, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ForbiddenAddressException>(() => EndpointAddress.ResolveAsync("1.1.1.1", encrypted: false, allowLoopback: true, TestContext.Current.CancellationToken));
    }
}
