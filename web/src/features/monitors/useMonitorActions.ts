import { useNavigate } from '@tanstack/react-router';
import type { Monitor } from '../../api/types';
import { useMonitorDelete, useMonitorSwitch } from '../../data/actions';
import { say } from '../../messages/en';
import { complain, tell } from '../../parts/toasts';

/** Pausing happens at once and can be undone; deleting leaves the page. */
export function useMonitorActions(monitor: Monitor) {
  const navigate = useNavigate();
  const switching = useMonitorSwitch();
  const deleting = useMonitorDelete();
  const turn = (on: boolean, undoable = true) =>
    switching.mutate(
      { id: monitor.id, on },
      {
        onSuccess: () =>
          tell(
            (on ? say.monitors.resumedToast : say.monitors.pausedToast)(monitor.name),
            undoable ? () => turn(!on, false) : undefined,
          ),
        onError: complain,
      },
    );
  const remove = () =>
    deleting.mutate(monitor.id, {
      onSuccess: () => {
        tell(say.monitors.deletedToast(monitor.name));
        void navigate({ to: '/monitors' });
      },
      onError: complain,
    });
  return { turn, remove, busy: switching.isPending || deleting.isPending };
}
