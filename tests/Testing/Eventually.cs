using System.Runtime.CompilerServices;

namespace MilleCafes.Testing;

/// <summary>Waits for what happens behind an answer; the one place in the tests that asks again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns as soon as the condition holds, and fails with its text when it does not within the time.</summary>
    public static async Task True(
        Func<Task<bool>> condition, TimeSpan timeout, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (!await condition())
        {
            if (time.GetElapsedTime(started) > timeout)
            {
                throw new TimeoutException($"Not true within {timeout.TotalSeconds} s: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
