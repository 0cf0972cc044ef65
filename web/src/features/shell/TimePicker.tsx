import { useState } from 'react';
import { type ShownRange, useRange } from '../../data/useRange';
import { say } from '../../messages/en';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { durationWords, parseDurationMs } from '../../units/duration';
import { PRESETS, readTypedRange, stepRange, writeRange } from '../../units/range';
import { exactly, moment, span } from '../../units/when';

type Preset = (typeof PRESETS)[number];
const isPreset = (from: string): from is Preset => (PRESETS as readonly string[]).includes(from);

function nameOf({ written, range, live, now }: ShownRange): { long: string; short: string } {
  if (live && isPreset(written.from)) return { long: say.range.presets[written.from], short: say.range.short[written.from] };
  if (live) {
    const words = durationWords(parseDurationMs(written.from.slice(1)) ?? range.to - range.from);
    return { long: say.range.last(words), short: words };
  }
  const seconds = range.to - range.from < 600_000;
  const today = new Date(range.from).toDateString() === new Date(now).toDateString();
  const words = today ? span(range.from, range.to, seconds) : `${moment(range.from, now)} – ${moment(range.to, now)}`;
  return { long: words, short: durationWords(range.to - range.from) };
}

/** Presets, from–to, typed text; arrows step by one range. */
export function TimePicker() {
  const shown = useRange();
  const [open, setOpen] = useState(false);
  const { range, live, now, show } = shown;
  const { long, short } = nameOf(shown);
  return (
    <>
      <fieldset className="seg" aria-label={say.range.label}>
        <button
          type="button"
          className="max-tablet:hidden!"
          aria-label={say.range.earlier}
          onClick={() => show(stepRange(range, -1, now))}
        >
          ‹
        </button>
        <button
          type="button"
          className="on num max-tablet:border-0!"
          aria-haspopup="dialog"
          title={`${exactly(range.from)} – ${exactly(range.to)}`}
          onClick={() => setOpen(true)}
        >
          <span className="max-desk:hidden">{long}</span>
          <span className="desk:hidden">{short}</span>&nbsp;▾
        </button>
        <button
          type="button"
          className="max-tablet:hidden!"
          aria-label={say.range.later}
          disabled={live}
          onClick={() => show(stepRange(range, 1, now))}
        >
          ›
        </button>
      </fieldset>
      {open && <RangeDialog shown={shown} onClose={() => setOpen(false)} />}
    </>
  );
}

const forInput = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function RangeDialog({ shown, onClose }: { shown: ShownRange; onClose: () => void }) {
  const [from, setFrom] = useState(forInput(shown.range.from));
  const [to, setTo] = useState(forInput(shown.range.to));
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<{ typed?: string; ends?: string }>({});
  const apply = () => {
    const parsed = typed.trim() === '' ? undefined : readTypedRange(typed, shown.now);
    if (typed.trim() !== '' && !parsed) {
      setFault({ typed: say.range.typedFault });
      return;
    }
    const ends = { from: new Date(from).getTime(), to: new Date(to).getTime() };
    if (!parsed && !(ends.to - ends.from >= 1000)) {
      setFault({ ends: say.range.orderFault });
      return;
    }
    shown.show(parsed ?? writeRange(ends));
    onClose();
  };
  return (
    <Dialog title={say.range.label} onClose={onClose}>
      <div className="mt-3 grid grid-cols-4 gap-2 max-tablet:grid-cols-2">
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className={`btn ${shown.live && shown.written.from === preset ? 'primary' : ''}`}
            onClick={() => {
              shown.show({ from: preset, to: 'now' });
              onClose();
            }}
          >
            {say.range.short[preset]}
          </button>
        ))}
      </div>
      <form
        className="mt-4 grid grid-cols-2 gap-x-3 gap-y-1 max-tablet:grid-cols-1"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <Field label={say.range.from} type="datetime-local" value={from} onValue={setFrom} />
        <Field label={say.range.to} type="datetime-local" value={to} onValue={setTo} fault={fault.ends} />
        <Field
          className="tablet:col-span-2"
          label={say.range.typed}
          value={typed}
          onValue={setTyped}
          hint={say.range.typedHint}
          fault={fault.typed}
          autoComplete="off"
        />
        <div className="mt-2 flex justify-end gap-2 tablet:col-span-2">
          <button type="button" className="btn quiet" onClick={onClose}>
            {say.monitors.cancel}
          </button>
          <button type="submit" className="btn primary">
            {say.range.apply}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
