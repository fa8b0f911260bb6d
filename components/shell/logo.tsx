/** The mark in the colours of the theme. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-inverse" />
      <g className="stroke-on-inverse" fill="none" strokeWidth="2.5" strokeLinecap="round">
        <path d="M9 7.5v17" />
        <path d="M9 16h5l7.5-7" />
        <path d="M14 16l7.5 7" />
      </g>
      <circle cx="23" cy="8.2" r="2.6" className="fill-on-inverse" />
      <circle cx="23" cy="23.8" r="2.6" className="fill-on-inverse" />
    </svg>
  );
}
