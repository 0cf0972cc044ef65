const PATHS = {
  overview: 'M2 15V9.500M5.500 15V5.500M9 15V8M12.500 15V3M16 15v-4.500',
  speed: 'M2.200 13.500a6.800 6.800 0 1 1 13.600 0M9 13.500l3.400-5.200',
  monitor: 'M1.500 9.500h2.700l2-5 3.200 9.500 2.400-7 1.200 2.500h3.500',
  settings: 'M2 5.500h7M13 5.500h3M2 12.500h3M9 12.500h7M11 3.500v4M7 10.500v4',
  more: 'M3 5h12M3 9h12M3 13h12',
  theme: 'M9 2.500a6.500 6.500 0 1 0 0 13zM9 2.500a6.500 6.500 0 0 1 0 13',
  close: 'm4.500 4.500 9 9M13.500 4.500l-9 9',
  signOut: 'M7 3H3v12h4M7.500 9H15M12 6l3 3-3 3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A metronome; its arm swings while the event stream is open and rests when it is not. */
export function Logo({ size = 26, swinging = false }: { size?: number; swinging?: boolean }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      className={swinging ? 'swinging' : undefined}
    >
      <path d="M8.300 2.800h7.400l4.100 18.400H4.200z" className="stroke-text" strokeWidth="1.600" strokeLinejoin="round" />
      <path d="M5.700 16.300h12.600" className="stroke-text-3" strokeWidth="1.200" />
      <g className="arm">
        <path d="M12 20.600V5" className="stroke-brass" strokeWidth="1.800" strokeLinecap="round" />
        <path d="M10 8.200h4v3.200h-4z" className="fill-brass" />
      </g>
    </svg>
  );
}
