import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { basePath } from '../api/http';
import { useLogin } from '../data/actions';
import { authStatusQuery } from '../data/queries';
import { CredentialsForm } from '../features/accounts/CredentialsForm';
import { Door } from '../features/accounts/Door';
import { say } from '../messages/en';
import { useTitle } from '../parts/title';

export function Login() {
  useTitle(say.auth.signIn);
  const login = useLogin();
  const navigate = useNavigate();
  const router = useRouter();
  const { next } = useSearch({ from: '/login' });
  const { data: status } = useQuery(authStatusQuery);
  if (status?.hasUsers === false) return <Navigate to="/register" />;
  // Only a place inside this page: never another site that a link put there.
  const inside = next?.startsWith('/') && !next.startsWith('//') ? next : undefined;
  const enter = () =>
    inside ? router.history.push(basePath.replace(/\/$/, '') + stripBase(inside)) : void navigate({ to: '/' });
  return (
    <Door title={say.auth.signInTo} line={say.auth.line}>
      <CredentialsForm
        submit={say.auth.signIn}
        busy={login.isPending}
        error={login.error}
        onSubmit={(credentials) => login.mutate(credentials, { onSuccess: enter })}
      />
    </Door>
  );
}

const stripBase = (path: string): string =>
  basePath !== '/' && path.startsWith(basePath) ? path.slice(basePath.length - 1) : path;
