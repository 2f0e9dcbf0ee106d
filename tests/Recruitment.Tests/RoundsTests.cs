using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MilleCafes.Recruitment.Tests;

public sealed class RoundsTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_round_comes_soon_after_one_that_failed_if_only_in_part_and_in_its_time_after_one_that_did_not()
    {
        var time = new HandMovedTime();
        using var rounds = new Planned(time, Day, startsAtOnce: true, Fails, InPart, () => throw new OperationCanceledException(), Succeeds, Succeeds);
        await rounds.StartAsync(Token);

        foreach (var expected in new[] { Soon, Soon, Soon, Day, Day })
        {
            Assert.Equal(expected, await time.NextAsync(Token));
            time.Pass();
        }

        await rounds.StopAsync(Token);
        Assert.True(rounds.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_pace_that_is_faster_than_soon_stays_as_it_is_after_a_failure()
    {
        var time = new HandMovedTime();
        using var rounds = new Planned(time, Soon / 2, startsAtOnce: true, Fails);
        await rounds.StartAsync(Token);

        Assert.Equal(Soon / 2, await time.NextAsync(Token));
        await rounds.StopAsync(Token);
    }

    [Fact]
    public async Task Rounds_that_do_not_start_at_once_wait_for_their_time()
    {
        var time = new HandMovedTime();
        using var rounds = new Planned(time, Day, startsAtOnce: false, Succeeds);
        await rounds.StartAsync(Token);
        await time.MadeAsync(Token);
        Assert.Equal(0, rounds.Gone);

        time.Pass();

        Assert.Equal((Day, 1), (await time.NextAsync(Token), rounds.Gone));
        await rounds.StopAsync(Token);
    }

    private static bool Succeeds() => true;

    private static bool Fails() => throw new TimeoutException();

    private static bool InPart() => false;

    private sealed class Planned(TimeProvider time, TimeSpan pace, bool startsAtOnce, params Func<bool>[] plan) : Rounds(pace, time, NullLogger.Instance, startsAtOnce)
    {
        public int Gone { get; private set; }

        protected override async Task GoAsync(CancellationToken token)
        {
            if (!plan[Gone++]())
            {
                await TryAsync("The first", _ => throw new TimeoutException(), token);
                await TryAsync("The second", _ => Task.CompletedTask, token);
            }
        }
    }

    /// <summary>A time that passes when the test says so.</summary>
    private sealed class HandMovedTime : TimeProvider
    {
        private readonly Channel<TimeSpan> periods = Channel.CreateUnbounded<TimeSpan>();
        private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action callback = () => { };

        /// <summary>How long after the round the next one is to come.</summary>
        public async Task<TimeSpan> NextAsync(CancellationToken token) => await periods.Reader.ReadAsync(token);

        public Task MadeAsync(CancellationToken token) => made.Task.WaitAsync(token);

        public void Pass() => callback();

        public override ITimer CreateTimer(TimerCallback tick, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback = () => tick(state);
            made.TrySetResult();
            return new HandMovedTimer(periods.Writer);
        }

        private sealed class HandMovedTimer(ChannelWriter<TimeSpan> periods) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => periods.TryWrite(period);

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
