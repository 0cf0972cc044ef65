import { useState } from 'react';
import { say } from '../../messages/en';
import { Segments } from '../../parts/Field';
import { keysAreOn, switchKeys } from '../../parts/keys';
import { Panel } from '../../parts/Panel';
import { setTheme, THEMES, useTheme } from '../../parts/theme';

export function Appearance() {
  const theme = useTheme();
  const [keys, setKeys] = useState(keysAreOn);
  return (
    <Panel title={say.settings.appearance}>
      <div className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3 justify-items-start">
        <span className="text-text-2">{say.settings.theme}</span>
        <Segments
          label={say.settings.theme}
          value={theme}
          options={THEMES.map((one) => [one, say.shell.themes[one]] as const)}
          onValue={setTheme}
        />
        <span className="text-text-2">{say.settings.keys}</span>
        <Segments
          label={say.settings.keys}
          value={keys ? 'on' : 'off'}
          options={[
            ['on', say.settings.keysOn],
            ['off', say.settings.keysOff],
          ]}
          onValue={(next) => {
            switchKeys(next === 'on');
            setKeys(next === 'on');
          }}
        />
      </div>
    </Panel>
  );
}
