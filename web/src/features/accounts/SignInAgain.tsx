import { useQuery } from '@tanstack/react-query';
import { useLogin } from '../../data/actions';
import { live } from '../../data/feed';
import { queryClient, userQuery } from '../../data/queries';
import { say } from '../../messages/en';
import { Dialog } from '../../parts/Dialog';
import { CredentialsForm } from './CredentialsForm';

/** Over the page that was open, so that nothing typed is lost. */
export function SignInAgain({ onSignedIn }: { onSignedIn: () => void }) {
  const login = useLogin();
  const { data: user } = useQuery({ ...userQuery, enabled: false });
  return (
    <Dialog title={say.auth.signIn} closable={false} onClose={() => {}}>
      <p className="mt-1 mb-3 text-text-2">{say.auth.ended}</p>
      <CredentialsForm
        submit={say.auth.signIn}
        busy={login.isPending}
        error={login.error}
        {...(user ? { username: user.username } : {})}
        onSubmit={(credentials) =>
          login.mutate(credentials, {
            onSuccess: () => {
              live.retryNow();
              void queryClient.invalidateQueries();
              onSignedIn();
            },
          })
        }
      />
    </Dialog>
  );
}
