"""Words of everyday English that say much the same, for holding one sentence against another.

The list is for every book. What a book is about only decides which of its lines are ever used.
"""

SYNONYMS = """
abandon desert forsake
abandon leave
abuse violate
abut border
accelerate speed hasten
accept agree
accuse allege allegation accusation
address speech
admire respect esteem
admirer fan worshipper worship
admit acknowledge concede
admit let
advance progress
adviser instructor trainer
afford pay
aggression aggressive
ago before earlier
agreement deal contract pact accord treaty
agriculture farming agricultural
air sky
airfield airbase base
allow let permit enable
ally alliance partner friend
ally bloc alliance coalition
already yet
ambassador envoy diplomat
ammunition shell bullet
anger fury rage
anniversary year
annual yearly
annul cancel void
approve adopt endorse agree
army troop soldier military forces
arrest detain jail imprison prison
arsenal weapon weaponry depot
artillery cannon howitzer
ask request appeal
assassin killer
attack assault strike aggression raid
attack invade
attempt try bid endeavour effort
auction sell
author writer byline
aviation air aerial
backdoor secret covert
backward back
bank financial
bank lender
banker financier finance
bargain cheap
barracks base camp
base camp garrison
base fort outpost
battlefield front conflict
bazooka antitank
behind responsible
believe belief opinion
believe think
belong part
benign kindly mild
big large huge major
bill debt payment invoice
billion milliard
blame accuse charge
blame responsible responsibility culprit guilt guilty
blockade siege
body institution agency
bolshevik communist
bomb warhead nuke
bombard shell attack
bonus reward
boost increase strengthen
border edge fringe
border frontier boundary
bordering neighbour
botch fail
bother irritate
break violate breach flout infringe
bribe pay
bridgehead base
bring topple
brother kinship
brutal cruel ruthless savage
brutality violence
budget money spending
build construct erect
buildup strengthen increase
bus coach
buy purchase acquire snap procure
buyer customer client recipient
bypass circumvent evade
bystander onlooker spectator
candid frank
candidate contender
capital city town
capitalism market
capture seize seizure grab
capture take
cartel syndicate monopoly trust
cause reason motive
censorship restriction
central middle
certain sure definite
change alter alteration
channel network station
cheap inexpensive song
checked coded verified verify
child kid
choice option alternative
cite quote refer
citizen resident inhabitant population
civil internal domestic
civilian noncombatant
clamp crackdown
clash battle confrontation
clean fair
clergy cleric theocracy theocratic religious mullah ayatollah
clique regime
clock back
close cosy cozy intimate warm
collapse fail
collusion complicity collude conspire conspiracy
commander general officer
commerce business trade
communism communist
communist marxist
company corporation firm business enterprise
complain protest complaint
concern alarm
concrete cement
condemn criticise criticize denounce criticism
conduit channel via way transit
conference summit meeting talks
conglomerate corporation group
consent agree allow
consistent steady
continue persist keep last
contradict contrary belie oppose
control grip
conversation talk chat
cooperate collaborate
cooperate partner work
cooperation partnership
copy plagiarise plagiarize lift verbatim shared wording
correspondent reporter
corrupt bribe
cost bill price
cost price spend
council committee board
country nation state land homeland
coup putsch overthrow topple oust depose removal remove unseat
crime criminal offence offense felony
crisis conflict
crisis emergency
criticism criticise critic
crowd people
cruel violent
crush suppress quell
culture cultural
currency coin
currency money
danger threat peril
dangerous risky
deal transaction trade
death die dead
debt credit loan owe
decade ten
decade years
decrease decline drop
decree edict order command
deep close
defeat beat thwart
defence defense
defence defensive
defend justify vindicate
demand call urge
democracy democratic
democracy freedom
deny dismiss reject refute
depend rely dependent reliance
deploy station place install position
depots store base
deputy vice
despot dictator tyrant
deter deterrent deterrence
dictatorship authoritarian tyranny despotism autocracy
direct straight
disguise camouflage
dismay disappointment frustration chagrin
dispute quarrel row controversy
dissident opponent critic
divide border
doctrine concept
doctrine strategy
document paper text
document treaty
dollar buck
donate give
doorstep border neighbourhood
doubt question
draft draw prepare
drag draw involve
drone uav
duration long
dynasty ruler
eager keen
east eastern
easy simple
economic commercial trade business
economic economy
education teach school
elderly old
election vote ballot poll
elite establishment leadership
embargo sanction ban
encircle surround
end finish cease
endorse approve support
enemy foe adversary
enlist join
enrich enrichment
epoch era age
equip equipment outfit gear arm
equip supply arm
escape avoid evade dodge
esteem regard think
eternal permanent
ethnic blood kin kinship
execute kill
exercise manoeuvre maneuver drill
expand expansion enlarge growth
expensive dear costly
expert specialist researcher analyst
expire end
explosive bomb
factory plant works
fail failure
failed thwarted
fair fairness
faith religion church
fake phoney phony bogus sham
fake sham staged pretend
fall collapse
fall topple
false bogus sham
false untrue lie fabricate
fear concern worry
few handful
field area sphere domain
fighter gunman combatant
fighter jet plane
fighting combat war battle
figure sum amount
final irreversible definitive
finalise finalize complete
finance fund pay
financial fiscal monetary
firearm gun rifle
first maiden initial
flawless order
flee withdraw retreat
fleet navy
flight escape
flop fail
flow movement move
fluent speak
foment stir
food grain aid humanitarian
forbid ban prohibit
forced compelled obliged
foreign external
foreign overseas abroad
forever final
form set
fortify fortification strengthen
free freedom liberty
free gratis
friend pal buddy mate chum comrade
friendless alone isolated
friendly amicable
friendly friendship amity
frontier border line
frontline front
fuehrer nazi
fuel petrol gasoline energy
funnel channel supply
fussy nitpicking
gangster criminal
gas lng
gather assemble meeting
geography lie
gift give
global worldwide international planet globe
government regime administration cabinet authority
grab seize buy
group band organisation organization outfit faction network gang
guarantee assure pledge word
guard defend protect
guerrilla rebel insurgent
guest visitor
guided steered
hand pass transfer give
hang execute
hardship effect
hardware equipment weapon materiel kit
hate hatred
head boss chief chair lead run
headquarters seat base
helicopter chopper
help aid assist assistance
help assistance support backing backup
helpless nothing
hide conceal disguise mask
hint sign signal indication
historic historical
history historical
history past
honest fair
host receive
hostage captive
hostile anti
hostile hostility unfriendly
hug embrace arms
humanitarian charity relief
hypocrite hypocritical insincere
ignore disregard neglect overlook
ill illness disease sick
illegal illicit unlawful
illegitimate invalid
illicit clandestine secret
impact effect
impossible unthinkable inconceivable
increase rise grow
independent autonomous
independent free
independent sovereign sovereignty
industry industrial factory plant manufacturing
infrastructure installation facility
initial sign
insist maintain argue contend
install put
instigate cause
insult call mock
integrate merge unify unification
intelligence spy espionage
intend aim mean
intervene intervention involve
interview speech
invade march enter
invasion incursion
investor corporation company
invite ask
invite invitation
involve participate take part
irresponsible reckless
irreversible final undone
irrevocable final
irritate irritant annoy annoyance nuisance thorn
islamic islamist muslim
isolate pariah outcast
isolation alone lonely
jeer mock
join enter accede accession
joint common shared mutual together
journalist reporter
junta regime
justice court trial
kill murder slay
kilometre km mile
kin family kinship
kit equipment gear
know knowledge
label call brand describe dub
land soil farmland territory
lapse relapse revert return regress backslide
last run
laugh mock
launder illicit
law legal legislation
leadership rulers
leading top foremost
leak reveal disclose
leave exit quit
lecture speech
leftist communist
legitimate lawful valid
letter mail correspondence
liberal democratic
located lie
long length
long lengthy extended
love adore like
loyal faithful
loyal stick stand side
mail letter email
manipulate control influence puppet
map plan outline
market marketplace
market trade
mastermind orchestrate
mastery domination dominion supremacy
material substance
may might could possibly perhaps
mean signify denote
media journalism journalists
media press
medicine medical drug health doctor hospital
meet talks negotiation discuss
member membership
memorandum agreement document
men soldier troops personnel
mention include
mercenary fighter
merge join
military defence defense weapon
militia militant fighter group
mine mineral
mineral ore metal resource
minister secretary
missile rocket projectile
mob crowd
mock ridicule scoff deride sneer
monarch king ruler
monetary currency
money cash fund finance
moral ethical ethics morality
mountain heap pile
mouthpiece official organ
multinational corporation company international
mutual reciprocal interdependent interdependence
muzzle gag censor silence restrict
name title
nasty hostile ugly vile
nation people citizen
nationalise nationalize state control
nationality ethnic
natural mineral raw
near close neighbour
necessary need require
neighbour neighboring
neighbourhood vicinity doorstep nearby adjacent
neutral impartial nonaligned
new novel fresh recent
newspaper daily
nickname call
north northern
nostalgia return
note message letter
nuclear atomic
nuclear radioactive uranium plutonium fissile
observer monitor
obstacle irritant
occupy occupation annex annexation
offensive advance push
office post position job
official formal
official representative delegate
official spokesman spokesperson spokeswoman
oil petroleum
old former previous earlier prior
online virtual remote video internet
open public overt
openly public open
operation campaign
opponent opposition rival
orchestrate organise engineer
ordnance munition weapon ammunition
organise organize stage arrange
origin source come
orthodox religion
outlaw ban blacklist proscribe
outrage anger protest
overrun capture seize
pact agreement union alliance
paint describe call
pandemic coronavirus covid epidemic virus
partner partnership
passage transfer movement
patron sponsor backer
peace truce ceasefire armistice
peaceful nonviolent
peacekeeper observer
peddle sell trade
penalise penalize sanction punish
people population
period term time
permanent final
personnel staff crew men
petty nitpicking
pilot fly airman
pipeline duct
pipeline route
plan intend intention
plane aircraft jet warplane
plot plan scheme
plotter coup
police officer constable
policy course
poll survey
poor poverty broke impoverished
popular beloved
popular liked loved
portray describe call
possible conceivable feasible potential
pour supply flow
power energy electricity
power rule reign
powerless nothing
pragmatic realistic practical
praise laud commend hail
prepare plan ready
president head
president leader ruler strongman autocrat dictator
press journalism newspaper
pressure coerce coercion squeeze
pressure lean push squeeze
pretend sham feign
pretext excuse
previous past
priest cleric
procedure process
profit gain benefit
program programme scheme
promise pledge vow assure assurance
protect shield
protest demonstration unrest
protest lodge
prove proof evidence confirm demonstrate
publish print run release
punish punishment accountable
puppet marionette tool
puppet regime
purchase bought acquisition
push drive force compel oblige
quantity amount volume
quick fast speed hurry rush race
radio broadcast transmit
rally protest demonstration
rank rating place
ratify approve sign
reactor station plant
real exist
recognise recognize acknowledge designate list classify blacklist
red communist
reelect elect
refugee exile migrant
refuse decline reluctant unwilling
region area territory province zone district
regular frequent constant
relation relationship ties link bond contact connection
release issue
relief ease soften
remain stay
remove dismiss expel eject rid
replace substitute
report account story coverage article piece
reserved restrained
resist stand refuse rebuff
resist withstand defy
respect honour honor
rest remainder
restrict curb limit
result consequence outcome effect
retaliate respond response counter react
retreat pull withdraw
reveal disclose unveil announce declare
reverse undo undone
revolt protest uprising
revolution revolutionary uprising revolt
rich affluent wealthy funded
riches wealth resource
rig fraud falsify manipulate unfair
rights freedom
riot protest violence
road route path
roadmap map plan
rocket missile shell
rogue outlaw criminal pariah
rouble ruble
rule regulation norm
rumour rumor whisper
sanction punish penalty restrictions
say state
school schoolchild pupil
schoolchildren school pupil child
science scientific scientist research
screen video
scrutiny attention watch observation
secret covert clandestine hidden
secret hidden undercover clandestine
secretive opaque untransparent
sell peddle market flog
sell supply deliver ship send export provide furnish transfer hand flog
send dispatch deploy
separate divide
separatist secessionist
set establish found create
settle pay resolve
several multiple numerous various
shell fire
shield defend defence
ship vessel boat naval navy
shipment delivery consignment cargo
shoot fire hit
shun isolate ostracise ostracize avoid
side neutral
sign ink
signature sign
since from
sincere earnest honest genuine
single one common
sink fall
situated lie
slide fall
smooth easy
smuggle contraband trafficking traffic
soften ease alleviate mitigate lessen cushion
soldier serviceman recruit conscript men
soon shortly imminent
south southern
south southward
speak talk
spend pay cost pour
spoils booty trophy
spokesman official mouthpiece
sponsor fund bankroll finance
springboard base territory
stage international scene arena
stage mount
stalinist communist
start begin launch
state government
statement remark comment words speech
steal theft loot plunder booty trophy
stock exchange
stock store stockpile depot warehouse arsenal
store storage house
strategic strategy
stream flow
strengthen reinforce bolster deepen
stretch extend long
strike hit attack fire
student pupil undergraduate
subdue subjugate conquer dominate
succeed success successful
succeed work
sum amount total
summon call
supplier seller vendor provider
suppliers source
supporter follower backer
suppress crackdown repress quell
surrender yield hand leave
suspect suspicion
take assume
takeover control seizure
takeover purchase acquisition
tank armour armor
target aim
tariff duty
teach train instruct show
teamwork cooperation
technology tech technical technological
television broadcaster channel
television tv
tell inform explain
tell speak
term mandate tenure
territory soil ground land
terror terrorist terrorism
terrorist extremist jihadist jihadi militant radical
threat menace danger
threaten menacing
threshold brink verge
thug criminal
thwart foil prevent block stop
tighten strengthen deepen
timber wood
tolerate accept allow permit
tongue speak language
tool arm instrument
torture abuse
tough hard difficult
tourism tourist holiday
trade commerce dealing
transit passage route corridor
translate mean
transmitter transmission broadcast relay station mast
transport transportation logistics
travel arrive arrival
treat regard consider
trench fortification
trick ruse sham deceive
troop contingent
true truth
trust confidence faith
turn switch shift
unclear unknown uncertain
undemocratic authoritarian dictator
underground secret
uniform same harmonise harmonize align standardise standardize
union federation confederation
unit brigade battalion regiment
university college academic
unmanned drone
unofficial informal
unpaid pay debt
unsettled unresolved open undecided unproven settle
until till
update revise amend modernise modernize renew overhaul
valid order
vehicle car truck
via through way
victim casualty
video remote teleconference
violence violent bloody force brutal
vision outlook view
visit trip travel journey tour
vital essential crucial
wall barrier fence
wall fortification rampart bunker
war conflict fighting hostility battle confrontation
war invasion
warn threat caution
wary cautious careful suspicious
watch observe look
weapon arms armament gun rifle munition weaponry
week weekly
west western occident
wide broad
win gain
win victory victorious
wire agency news
withstand resist endure
woman female girl
word term
worry concern anxiety
worship adore admire revere idolise idolize
worth value price
wound injure
year annual
"""
"""A line for words of one meaning, each in one of its forms; a word of several meanings stands in several lines."""
