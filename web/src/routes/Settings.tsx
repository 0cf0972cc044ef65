import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLogout } from '../data/actions';
import { queryClient, userQuery } from '../data/queries';
import { Appearance } from '../features/accounts/Appearance';
import { PasswordForm } from '../features/accounts/PasswordForm';
import { Sessions } from '../features/accounts/Sessions';
import { ServerFacts } from '../features/shell/ServerFacts';
import { say } from '../messages/en';
import { Icon } from '../parts/Icon';
import { Panel } from '../parts/Panel';
import { useTitle } from '../parts/title';

export function Settings() {
  useTitle(say.settings.title);
  const { data: user } = useQuery(userQuery);
  const logout = useLogout();
  const navigate = useNavigate();
  const leave = () =>
    logout.mutate(undefined, {
      onSettled: async () => {
        await navigate({ to: '/login', search: { next: undefined } });
        queryClient.clear();
      },
    });
  return (
    <>
      <h1>{say.settings.title}</h1>
      <div className="grid items-start gap-3 desk:grid-cols-2">
        <Panel
          title={say.settings.account}
          note={user ? say.settings.signedInAs(user.username) : undefined}
          actions={
            <button type="button" className="btn" disabled={logout.isPending} onClick={leave}>
              <Icon name="signOut" />
              {say.shell.signOut}
            </button>
          }
        >
          <PasswordForm username={user?.username ?? ''} />
        </Panel>
        <Appearance />
        <Sessions />
        <ServerFacts />
      </div>
    </>
  );
}
