{atlas.hasObjects=false;atlas.objectKeys={};atlas.settleObjects=()=>({});atlas.offerObjects=(choices)=>choices;atlas.objectChoice=()=>null;}
