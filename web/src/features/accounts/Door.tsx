import type { ReactNode } from 'react';
import { say } from '../../messages/en';
import { Icon, Logo } from '../../parts/Icon';
import { nextTheme, setTheme, useTheme } from '../../parts/theme';

/** The page outside of the shell: logo, sentence, form. */
export function Door({ title, line, children }: { title: string; line: string; children: ReactNode }) {
  const theme = useTheme();
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto_2fr] justify-items-center p-4">
      <div className="panel row-start-2 w-full max-w-[380px] p-6 max-tablet:p-5">
        <Logo size={40} swinging />
        <h1 className="mt-3">{title}</h1>
        <p className="mt-1 mb-5 text-text-2">{line}</p>
        {children}
      </div>
      <button type="button" className="btn quiet self-end" onClick={() => setTheme(nextTheme(theme))}>
        <Icon name="theme" />
        {say.settings.theme}: {say.shell.themes[theme]}
      </button>
    </main>
  );
}
