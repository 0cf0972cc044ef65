import { describe, expect, it } from 'vitest';
import { costOf, definitionOf, faultsOf, NEW_DRAFT, placeFaults } from './definition';

const draft = (changes: Partial<typeof NEW_DRAFT>) => ({ ...NEW_DRAFT, target: '192.0.2.1', ...changes });

describe('a monitor that is being written', () => {
  it.each(['192.0.2.1', 'far-end.example', '2001:db8::1', 'fe80::1%eth0', 'bücher.example', 'localhost'])(
    'accepts %s',
    (target) => expect(faultsOf(draft({ target }))).toEqual({}),
  );
  it.each(['', '-c', '203.0.113.300', 'a b', 'a;b', 'x'.repeat(300), '$(id)'])('refuses the target %j', (target) =>
    expect(faultsOf(draft({ target })).target).toBeTruthy(),
  );
  it.each(['abc', '-5s', '0', '10ms', '0s', 'exact:25:00', 'exact:'])('refuses to measure every %j', (every) =>
    expect(faultsOf(draft({ every })).every).toBeTruthy(),
  );
  it.each(['100ms', '5s', '1h30m', '1.5h', 'exact:08:00,20:30'])('measures every %s', (every) =>
    expect(faultsOf(draft({ every }))).toEqual({}),
  );

  it('refuses a cycle that cannot finish, and says how long it takes', () => {
    const fault = faultsOf(draft({ every: '1s', packets: '20', spacingMs: '100' })).every;
    expect(fault?.replaceAll('\u00a0', ' ')).toContain('The cycle takes 4.9 s, longer than 1 s');
  });

  it('counts what it costs', () => {
    expect(costOf(draft({}))).toEqual({ probesADay: 17_280, bytesADay: 17_280 * 168, storedBytesAYear: 17_280 * 365 * 1.3 });
    expect(costOf(draft({ every: 'exact:08:00,20:00', packets: '10' }))?.probesADay).toBe(20);
    expect(costOf(draft({ every: 'soon' }))).toBeUndefined();
  });

  it('sends nothing that was left empty', () => {
    expect(definitionOf(draft({}))).not.toHaveProperty('name');
    expect(definitionOf(draft({ name: ' x ' })).name).toBe('x');
  });

  it('puts the faults of the server under their fields', () => {
    expect(
      placeFaults([
        { pointer: '#/target', detail: 'bad' },
        { pointer: '/nothing', detail: 'odd' },
      ]),
    ).toEqual({ fields: { target: 'bad' }, rest: ['odd'] });
  });
});
