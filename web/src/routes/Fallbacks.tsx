import { Link, useRouter } from '@tanstack/react-router';
import { say } from '../messages/en';
import { Logo } from '../parts/Icon';
import { Failure } from '../parts/States';
import { useTitle } from '../parts/title';

export function NotFound() {
  useTitle(say.states.notFound);
  return (
    <main className="grid gap-2 p-6">
      <h1>{say.states.notFound}</h1>
      <p className="text-text-2">{say.states.notFoundLine}</p>
      <Link to="/" className="link">
        {say.states.toOverview}
      </Link>
    </main>
  );
}

export function PageFailure({ error }: { error: unknown }) {
  const router = useRouter();
  useTitle(say.product);
  return (
    <main className="mx-auto grid max-w-xl gap-3 p-6">
      <h1 className="flex items-center gap-2">
        <Logo />
        {say.product}
      </h1>
      <Failure what={say.product} error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}
