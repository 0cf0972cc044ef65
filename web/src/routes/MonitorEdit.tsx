import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Problem } from '../api/http';
import { monitorQuery } from '../data/queries';
import { draftOf, NEW_DRAFT } from '../features/monitors/definition';
import { MonitorForm } from '../features/monitors/MonitorForm';
import { say } from '../messages/en';
import { Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { NotFound } from './Fallbacks';

const parent = { title: say.monitors.title, to: '/monitors' } as const;

export function MonitorNew() {
  useTitle(say.monitors.new, parent);
  return <MonitorForm title={say.monitors.new} initial={NEW_DRAFT} />;
}

export function MonitorEdit() {
  const id = Number(useParams({ from: '/shell/monitors/$id/edit' }).id);
  const query = useQuery({ ...monitorQuery(id), refetchOnWindowFocus: false });
  useTitle(query.data ? `${say.monitors.edit} ${query.data.name}` : say.monitors.edit, parent);
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  return (
    <Loaded query={query} what={say.monitors.title} height={360}>
      {(monitor) => (
        <MonitorForm
          title={`${say.monitors.edit} ${monitor.name}`}
          id={id}
          enabled={monitor.enabled}
          initial={draftOf(monitor)}
        />
      )}
    </Loaded>
  );
}
