import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../../api/http';
import { CredentialsForm } from './CredentialsForm';

afterEach(cleanup);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('the form of name and password', () => {
  it('tells what is missing under the field and moves the focus there', () => {
    const submit = vi.fn();
    render(<CredentialsForm registering submit="Create account" busy={false} error={null} onSubmit={submit} />);
    type('Name', 'ada');
    type('Password', 'short');
    fireEvent.click(screen.getByRole('button', { name: 'Create account' }));
    expect(submit).not.toHaveBeenCalled();
    expect(screen.getByText('✕ Use at least 8 characters.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    type('Password', 'long enough now');
    fireEvent.click(screen.getByRole('button', { name: 'Create account' }));
    expect(submit).toHaveBeenCalledWith({ username: 'ada', password: 'long enough now' });
  });

  it('never says which of the two was wrong, and how long a lock lasts', () => {
    const { rerender } = render(
      <CredentialsForm submit="Sign in" busy={false} error={new Problem(401, 'x', 'no such user ada')} onSubmit={() => {}} />,
    );
    expect(screen.getByRole('alert').textContent).toBe('✕ Name or password is wrong.');
    rerender(
      <CredentialsForm submit="Sign in" busy={false} error={new Problem(429, 'x', '', [], undefined, 42)} onSubmit={() => {}} />,
    );
    expect(screen.getByRole('alert').textContent?.replaceAll('\u00a0', ' ')).toContain('Try again in 42 s.');
  });
});
