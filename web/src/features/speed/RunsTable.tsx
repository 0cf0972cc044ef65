import { Link, useNavigate } from '@tanstack/react-router';
import type { Run } from '../../api/types';
import { say } from '../../messages/en';
import { msFigure } from '../../units/quantity';
import { exactly, moment } from '../../units/when';
import { figure } from './estimate';

/** All runs, the failed ones with their reason in place of figures. */
export function RunsTable({ runs, now }: { runs: readonly Run[]; now: number }) {
  const navigate = useNavigate();
  return (
    <table className="rows num max-tablet:block">
      <thead className="max-tablet:hidden">
        <tr>
          <th>{say.speed.when}</th>
          <th>{say.speed.engine}</th>
          <th>{say.speed.server}</th>
          <th>{say.speed.options}</th>
          <th className="text-end!">{say.speed.down}</th>
          <th className="text-end!">{say.speed.up}</th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {runs.map((run) => (
          <tr
            key={run.id}
            className="cursor-pointer max-tablet:grid max-tablet:grid-cols-[1fr_auto_auto] max-tablet:gap-x-3 max-tablet:border-b max-tablet:border-line max-tablet:py-2 *:max-tablet:h-auto *:max-tablet:border-0 *:max-tablet:p-0"
            onClick={(event) => {
              if (!(event.target instanceof HTMLElement && event.target.closest('a')))
                void navigate({ to: '/speed/runs/$id', params: { id: String(run.id) } });
            }}
          >
            <td>
              <Link to="/speed/runs/$id" params={{ id: String(run.id) }} className="inline-block py-1">
                <time dateTime={run.createdAt} title={exactly(Date.parse(run.createdAt))}>
                  {moment(Date.parse(run.createdAt), now)}
                </time>
              </Link>
            </td>
            <td className="text-text-3 max-tablet:hidden">{run.provider}</td>
            <td className="max-w-52 truncate max-tablet:order-9 max-tablet:col-span-full max-tablet:max-w-none max-tablet:text-text-2">
              {run.server.name}
            </td>
            <td className="text-text-2 max-tablet:hidden">{say.speed.optionsLine(run.options.streams, run.options.seconds)}</td>
            <Outcome run={run} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ run }: { run: Run }) {
  if (run.status === 'completed') {
    return (
      <>
        <td className="text-end text-down">
          {run.download && <span className="tablet:hidden">↓ </span>}
          {msFigure(figure(run.download?.bitsPerSecond))}
        </td>
        <td className="text-end text-up">
          {run.upload && <span className="tablet:hidden">↑ </span>}
          {msFigure(figure(run.upload?.bitsPerSecond))}
        </td>
      </>
    );
  }
  const bad = run.status === 'failed';
  return (
    <td colSpan={2} className={`max-w-72 truncate text-end ${bad ? 'crit' : 'text-text-2'}`} title={run.error?.message}>
      {bad ? '✕ ' : '– '}
      {bad ? (run.error?.message ?? say.runStatus.failed) : say.runStatus[run.status]}
    </td>
  );
}
