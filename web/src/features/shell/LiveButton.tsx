import { useLive, useNewSince } from '../../data/feed';
import { liveAgain, useRange } from '../../data/useRange';
import { say } from '../../messages/en';
import { Logo } from '../../parts/Icon';
import { writeRange } from '../../units/range';

/** Whether the right edge is now. Pressing it pauses, or returns from the past. */
export function LiveButton() {
  const { range, live, show } = useRange();
  const { state } = useLive();
  const newer = useNewSince(live ? Number.POSITIVE_INFINITY : range.to);
  const swinging = live && state === 'open';
  return (
    <button
      type="button"
      className="btn"
      aria-pressed={live}
      title={live ? say.shell.liveOn : say.shell.pausedHint}
      onClick={() => show(live ? writeRange(range) : liveAgain(range))}
    >
      <Logo size={18} swinging={swinging} />
      <span className={live ? 'text-text-2' : ''}>
        {live ? say.shell.live : newer > 0 ? say.shell.pausedNew(newer) : say.shell.paused}
      </span>
    </button>
  );
}
