import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Problem } from '../../api/http';
import type { Credentials } from '../../data/actions';
import { say } from '../../messages/en';
import { Field } from '../../parts/Field';

export const LEAST_PASSWORD = 8;

interface CredentialsFormProps {
  /** Registering shows how long the password is and wants it long enough. */
  registering?: boolean;
  submit: string;
  busy: boolean;
  error: unknown;
  username?: string;
  onSubmit: (credentials: Credentials) => void;
}

export function CredentialsForm({
  registering = false,
  submit,
  busy,
  error,
  username: known = '',
  onSubmit,
}: CredentialsFormProps) {
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [faults, setFaults] = useState<{ username?: string; password?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(known ? 'input[name=password]' : 'input')?.focus();
  }, [known]);

  const check = (event: FormEvent) => {
    event.preventDefault();
    const short = registering && password.length < LEAST_PASSWORD ? say.auth.tooShort(LEAST_PASSWORD) : undefined;
    const passwordFault = password === '' ? (registering ? say.auth.tooShort(LEAST_PASSWORD) : say.auth.passwordMissing) : short;
    const next = {
      ...(username.trim() === '' ? { username: say.auth.nameMissing } : {}),
      ...(passwordFault ? { password: passwordFault } : {}),
    };
    setFaults(next);
    const first = next.username ? 'username' : next.password ? 'password' : undefined;
    if (first) form.current?.querySelector<HTMLInputElement>(`input[name=${first}]`)?.focus();
    else onSubmit({ username: username.trim(), password });
  };
  return (
    <form ref={form} onSubmit={check} noValidate className="grid gap-2">
      <Field
        label={say.auth.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
        value={username}
        onValue={setUsername}
        fault={faults.username}
      />
      <div className="relative">
        <Field
          label={say.auth.password}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete={registering ? 'new-password' : 'current-password'}
          maxLength={1024}
          value={password}
          onValue={setPassword}
          fault={faults.password}
          hint={registering ? say.auth.lengthHint(password.length, LEAST_PASSWORD) : undefined}
        />
        <button
          type="button"
          className="note absolute end-0 top-0 min-h-6 px-1 underline"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? say.auth.hide : say.auth.show}
        </button>
      </div>
      {error !== null && error !== undefined && (
        <p className="crit" role="alert">
          ✕ {wordsOf(error)}
        </p>
      )}
      <button type="submit" className="btn primary mt-1 w-full" disabled={busy}>
        {submit}
      </button>
    </form>
  );
}

function wordsOf(error: unknown): string {
  if (error instanceof Problem && error.status === 429) return say.auth.locked(error.retryAfterSeconds ?? 60);
  if (error instanceof Problem && error.status === 401) return say.auth.wrong;
  if (error instanceof Problem && error.faults.length > 0) return error.faults.map((fault) => fault.detail).join(' ');
  return error instanceof Error ? error.message : String(error);
}
