'use client';
import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Layers, LayoutGrid, type LucideIcon, Search, Server, UsersRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { brokerPath, clusterPath, groupPath, topicPath } from '../data/paths.ts';
import { useDebounced } from '../data/use-debounced.ts';
import { useEndpoint } from '../data/use-endpoint.ts';
import { pages } from './navigation.tsx';

/** How many of a kind are offered at once. */
const OFFERED = 8;

export interface CommandPaletteProps {
  cluster: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** ⌘K: to any page, broker, topic or group by a part of its name. Topics and groups are searched by the server. */
export function CommandPalette({ cluster, isOpen, onOpenChange }: CommandPaletteProps) {
  const t = useTranslations('shell');
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-veil transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Dialog.Popup
          aria-label={t('palette.goTo')}
          className="fixed inset-x-3 top-3 z-50 overflow-hidden rounded-xl border border-line bg-surface shadow-float outline-none sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:w-xl sm:-translate-x-1/2"
        >
          <Palette cluster={cluster} onGone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ cluster, onGone }: { cluster: string; onGone: () => void }) {
  const t = useTranslations('shell');
  const router = useRouter();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState('');
  const search = useDebounced(text.trim(), 120);
  const params = { cluster };
  const once = { refetchInterval: false as const };
  const query = { search, limit: OFFERED };
  const topics = useEndpoint('listTopics', { params, query: { ...query, internal: 'true' } }, once);
  const groups = useEndpoint('listGroups', { params, query }, once);
  const overview = useEndpoint('getOverview', { params });
  const clusters = useEndpoint('listClusters', {}, once);

  const matches = (name: string) => name.toLowerCase().includes(text.trim().toLowerCase());
  const go = (path: string) => {
    router.push(path);
    onGone();
  };
  const shownPages = pages.filter(({ name }) => matches(t(`page.${name}`)) || matches(name));
  const brokers =
    overview.data?.brokers.filter(({ id, host, port }) => matches(`${id} ${host}:${port}`)) ?? [];
  const others =
    clusters.data?.items.filter(({ id, name }) => id !== cluster && matches(`${id} ${name}`)) ?? [];
  const shownTopics = topics.data?.items ?? [];
  const shownGroups = groups.data?.items ?? [];
  // What is found arrives late: the first of it is chosen until one has moved on.
  const values = [
    ...shownPages.map(({ name }) => `page ${name}`),
    ...shownTopics.map(({ name }) => `topic ${name}`),
    ...shownGroups.map(({ groupId }) => `group ${groupId}`),
    ...brokers.map(({ id }) => `broker ${id}`),
    ...others.map(({ id }) => `cluster ${id}`),
  ];
  const current = values.includes(chosen) ? chosen : (values[0] ?? '');

  return (
    <Command shouldFilter={false} loop label={t('palette.goTo')} value={current} onValueChange={setChosen}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('palette.placeholder')}
          className="h-12 w-full bg-transparent text-base outline-none sm:text-sm"
        />
      </div>
      <Command.List className="max-h-[min(60dvh,26rem)] overflow-y-auto overscroll-contain p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-[0.8125rem] text-ink-faint">
          {t('palette.nothing', { text })}
        </Command.Empty>
        <Group heading={t('pages')} isShown={shownPages.length > 0}>
          {shownPages.map(({ name, path, icon }) => (
            <Item key={name} value={`page ${name}`} icon={icon} onSelect={() => go(path(cluster))}>
              {t(`page.${name}`)}
            </Item>
          ))}
        </Group>
        <Group heading={t('page.topics')} isShown={shownTopics.length > 0}>
          {shownTopics.map(({ name }) => (
            <Item
              key={name}
              value={`topic ${name}`}
              icon={Layers}
              onSelect={() => go(topicPath(cluster, name))}
            >
              {name}
            </Item>
          ))}
        </Group>
        <Group heading={t('page.groups')} isShown={shownGroups.length > 0}>
          {shownGroups.map(({ groupId }) => (
            <Item
              key={groupId}
              value={`group ${groupId}`}
              icon={UsersRound}
              onSelect={() => go(groupPath(cluster, groupId))}
            >
              {groupId}
            </Item>
          ))}
        </Group>
        <Group heading={t('page.brokers')} isShown={brokers.length > 0}>
          {brokers.slice(0, OFFERED).map(({ id, host, port }) => (
            <Item key={id} value={`broker ${id}`} icon={Server} onSelect={() => go(brokerPath(cluster, id))}>
              {t('palette.broker', { id })} <span className="text-ink-faint">{`${host}:${port}`}</span>
            </Item>
          ))}
        </Group>
        <Group heading={t('allClusters')} isShown={others.length > 0}>
          {others.map(({ id, name }) => (
            <Item key={id} value={`cluster ${id}`} icon={LayoutGrid} onSelect={() => go(clusterPath(id))}>
              {name}
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function Group({ heading, isShown, children }: { heading: string; isShown: boolean; children: ReactNode }) {
  if (!isShown) return null;
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-ink-faint"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ value, icon: Icon, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-[0.8125rem] select-none data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className="min-w-0 break-all">{children}</span>
    </Command.Item>
  );
}
