import { useNavigate, useRouter } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Problem } from '../../api/http';
import { useMonitorSave, useMonitorTry } from '../../data/actions';
import { say } from '../../messages/en';
import { Choice, Field } from '../../parts/Field';
import { tell } from '../../parts/toasts';
import { bytes, count, text } from '../../units/quantity';
import { costOf, type Draft, type DraftFaults, definitionOf, faultsOf, placeFaults } from './definition';
import { TryResult } from './TryResult';

interface MonitorFormProps {
  title: string;
  initial: Draft;
  /** Present when an existing monitor is changed. */
  id?: number;
  enabled?: boolean;
}

const FOLDED: readonly (keyof Draft)[] = ['spacingMs', 'deadlineMs', 'sizeBytes', 'dscp', 'source', 'zone'];

export function MonitorForm({ title, initial, id, enabled = true }: MonitorFormProps) {
  const [draft, setDraft] = useState(initial);
  const [faults, setFaults] = useState<DraftFaults>({});
  const [open, setOpen] = useState(false);
  const save = useMonitorSave(id);
  const trial = useMonitorTry();
  const navigate = useNavigate();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);

  const set = (name: keyof Draft) => (value: string) => {
    setDraft((before) => ({ ...before, [name]: value }));
    // A fault that is shown goes as soon as it is right; a new one waits for blur or submit.
    if (faults[name]) setFaults(({ [name]: _gone, ...rest }) => rest);
  };
  const blur = (name: keyof Draft) => () => {
    const fault = faultsOf(draft)[name];
    if (fault && draft[name] !== '') setFaults((before) => ({ ...before, [name]: fault }));
  };
  const focusFirst = (found: DraftFaults) => {
    if (FOLDED.some((name) => found[name])) setOpen(true);
    const first = (Object.keys(draft) as (keyof Draft)[]).find((name) => found[name]);
    requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus());
  };
  const checked = (): boolean => {
    const found = faultsOf(draft);
    setFaults(found);
    if (Object.keys(found).length === 0) return true;
    focusFirst(found);
    return false;
  };
  const refused = (error: unknown) => {
    if (!(error instanceof Problem)) return;
    const { fields } = placeFaults(error.faults);
    if (Object.keys(fields).length > 0) {
      setFaults(fields);
      focusFirst(fields);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!checked()) return;
    save.mutate(
      { ...definitionOf(draft), ...(id === undefined ? {} : { enabled }) },
      {
        onSuccess: (monitor) => {
          tell(say.monitors.savedToast(monitor.name));
          void navigate({ to: '/monitors/$id', params: { id: String(monitor.id) } });
        },
        onError: refused,
      },
    );
  };
  const cost = costOf(draft);
  const failure = save.error ?? trial.error;
  const rest = failure instanceof Problem ? placeFaults(failure.faults).rest : [];
  const banner = failure ? (failure instanceof Problem && failure.faults.length > 0 ? rest.join(' ') : failure.message) : '';
  const field = (name: Exclude<keyof Draft, 'family'>) => ({
    name,
    value: draft[name],
    onValue: set(name),
    onBlur: blur(name),
    fault: faults[name],
  });
  return (
    <form ref={form} noValidate onSubmit={submit} className="panel max-w-[760px]">
      <header>
        <h1 className="text-[1.25rem]!">{title}</h1>
      </header>
      <div className="body grid grid-cols-2 gap-x-3.5 gap-y-1.5 max-tablet:grid-cols-1">
        <Field
          {...field('name')}
          label={say.form.name}
          hint={say.form.nameHint}
          maxLength={200}
          autoComplete="off"
          placeholder={draft.target}
        />
        <Field
          {...field('target')}
          label={say.form.target}
          hint={say.form.targetHint}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          required
        />
        <Field
          {...field('every')}
          label={say.form.every}
          hint={say.form.everyHint}
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
        />
        <Field {...field('packets')} label={say.form.packets} inputMode="numeric" />
        <details className="col-span-full" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="min-h-6 py-1 text-text-2">{say.form.more}</summary>
          <div className="grid grid-cols-3 gap-x-3.5 gap-y-1.5 pt-1 max-tablet:grid-cols-1">
            <Field {...field('spacingMs')} label={say.form.spacing} inputMode="numeric" />
            <Field {...field('deadlineMs')} label={say.form.deadline} inputMode="numeric" />
            <Field {...field('sizeBytes')} label={say.form.size} inputMode="numeric" />
            <Field {...field('dscp')} label={say.form.dscp} inputMode="numeric" />
            <Choice
              label={say.form.family}
              value={draft.family}
              options={(['any', 'ipv4', 'ipv6'] as const).map((one) => [one, say.form.families[one]] as const)}
              onValue={(family) => setDraft((before) => ({ ...before, family }))}
            />
            <Field
              {...field('source')}
              label={say.form.source}
              hint={say.form.sourceHint}
              autoCapitalize="none"
              spellCheck={false}
            />
            <Field {...field('zone')} label={say.form.zone} hint={say.form.zoneHint} spellCheck={false} />
          </div>
        </details>
        <p className="note num col-span-full border-t border-line pt-2" aria-live="polite">
          {cost
            ? `${say.form.cost(count(Math.round(cost.probesADay)), text(bytes(cost.bytesADay)))} · ${say.form.costStore(text(bytes(cost.storedBytesAYear)))}`
            : say.form.costUnknown}
        </p>
        {banner && (
          <p className="banner crit col-span-full" role="alert">
            <span className="crit">✕</span> {banner}
          </p>
        )}
        {trial.data && <TryResult answer={trial.data} />}
        <div className="col-span-full flex flex-wrap justify-end gap-2 pt-1">
          <button
            type="button"
            className="btn quiet"
            onClick={() => (router.history.canGoBack() ? router.history.back() : void navigate({ to: '/monitors' }))}
          >
            {say.monitors.cancel}
          </button>
          <button
            type="button"
            className="btn"
            disabled={trial.isPending}
            onClick={() => checked() && trial.mutate(definitionOf(draft), { onError: refused })}
          >
            {trial.isPending ? say.monitors.trying : say.monitors.tryOnce}
          </button>
          <button type="submit" className="btn primary" disabled={save.isPending}>
            {save.isPending ? say.form.saving : id === undefined ? say.monitors.add : say.monitors.save}
          </button>
        </div>
      </div>
    </form>
  );
}
