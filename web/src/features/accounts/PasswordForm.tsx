import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/http';
import { usePasswordChange } from '../../data/actions';
import { say } from '../../messages/en';
import { Field } from '../../parts/Field';
import { tell } from '../../parts/toasts';
import { LEAST_PASSWORD } from './CredentialsForm';

export function PasswordForm({ username }: { username: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [faults, setFaults] = useState<{ current?: string; next?: string }>({});
  const change = usePasswordChange();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = {
      ...(current === '' ? { current: say.auth.passwordMissing } : {}),
      ...(next.length < LEAST_PASSWORD ? { next: say.auth.tooShort(LEAST_PASSWORD) } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          tell(say.settings.changed);
        },
        onError: (error) => {
          const wrong = error instanceof Problem && (error.status === 401 || error.status === 403);
          if (wrong) setFaults({ current: say.settings.wrongCurrent });
        },
      },
    );
  };
  const other =
    change.error && !(change.error instanceof Problem && [401, 403].includes(change.error.status))
      ? change.error.message
      : undefined;
  return (
    <form noValidate onSubmit={submit} className="grid max-w-sm gap-1.5">
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field
        label={say.settings.current}
        type="password"
        name="current"
        autoComplete="current-password"
        value={current}
        onValue={setCurrent}
        fault={faults.current}
      />
      <Field
        label={say.settings.next}
        type="password"
        name="next"
        autoComplete="new-password"
        value={next}
        onValue={setNext}
        fault={faults.next}
        hint={say.auth.lengthHint(next.length, LEAST_PASSWORD)}
      />
      {other && (
        <p className="crit" role="alert">
          ✕ {other}
        </p>
      )}
      <button type="submit" className="btn justify-self-start" disabled={change.isPending}>
        {say.settings.change}
      </button>
    </form>
  );
}
