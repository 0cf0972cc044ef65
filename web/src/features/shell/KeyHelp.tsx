import { say } from '../../messages/en';
import { Dialog } from '../../parts/Dialog';

const ROWS: readonly [string, string][] = [
  ['g o', say.keys.overview],
  ['g s', say.keys.speed],
  ['g m', say.keys.monitors],
  ['g ,', say.keys.settings],
  [',  .', `${say.keys.earlier} · ${say.keys.later}`],
  ['+  −', `${say.keys.zoomIn} · ${say.keys.zoomOut}`],
  ['l', say.keys.live],
  ['v', say.keys.view],
  ['y', say.keys.scale],
  ['r', say.keys.run],
  ['n', say.keys.new],
  ['e', say.keys.edit],
  ['j  k', `${say.keys.next} · ${say.keys.previous}`],
  ['/', say.keys.filter],
  ['t', say.keys.theme],
  ['?', say.keys.help],
  ['Esc', say.keys.back],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={say.keys.title} onClose={onClose}>
      <dl className="my-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {ROWS.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split(/\s+/).map((key) => (
                <span key={key} className="kbd">
                  {key}
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{say.keys.off}</p>
      <div className="mt-3 flex justify-end">
        <button type="button" className="btn" onClick={onClose}>
          {say.keys.close}
        </button>
      </div>
    </Dialog>
  );
}
