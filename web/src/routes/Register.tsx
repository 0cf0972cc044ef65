import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRegister } from '../data/actions';
import { authStatusQuery, queryClient } from '../data/queries';
import { CredentialsForm } from '../features/accounts/CredentialsForm';
import { Door } from '../features/accounts/Door';
import { say } from '../messages/en';
import { useTitle } from '../parts/title';

export function Register() {
  useTitle(say.auth.create);
  const register = useRegister();
  const navigate = useNavigate();
  const { data: status } = useQuery(authStatusQuery);
  if (status?.hasUsers === true && !register.isSuccess) {
    return (
      <Door title={say.auth.signInTo} line={say.auth.closed}>
        <Link to="/login" search={{ next: undefined }} className="btn primary w-full">
          {say.auth.signIn}
        </Link>
      </Door>
    );
  }
  return (
    <Door title={say.auth.welcome} line={say.auth.welcomeLine}>
      <CredentialsForm
        registering
        submit={say.auth.create}
        busy={register.isPending}
        error={register.error}
        onSubmit={(credentials) =>
          register.mutate(credentials, {
            onSuccess: () => {
              queryClient.removeQueries({ queryKey: authStatusQuery.queryKey });
              void navigate({ to: '/' });
            },
          })
        }
      />
    </Door>
  );
}
